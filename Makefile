# Portal Rakortek. `make help` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
export PYTHON VENV BIN
PYTEST := $(BIN)/python -m pytest --durations=15
# Whoever has nothing left takes over from the other: the long journeys lie together at the beginning.
STEAL := --dist worksteal

.PHONY: help run venv dev test test-services check format openapi bench soak
help: ## Daftar perintah
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-15s %s\n", $$1, $$2}'

run: ## Jalankan portal dengan data contoh di http://127.0.0.1:8000 (PORT= untuk porta lain)
	@scripts/venv run
	@DEMO=$${DEMO:-1} exec $(BIN)/python manage.py portal --port $(PORT)

venv:
	@scripts/venv run

dev: ## Siapkan alat uji dan pemeriksaan
	@scripts/venv dev

test: dev ## Seluruh pengujian di SQLite, termasuk perjalanan di peramban
	@scripts/system-packages
	@env -u TEST_DATABASE_URL -u TEST_REDIS_URL $(PYTEST) -n 2 $(STEAL) -m "not services and not soak" $(ARGS)

test-services: dev ## Pengujian dengan PostgreSQL, Redis dan pekerja sungguhan
	@$(BIN)/python scripts/services.py -- $(PYTEST) -n 2 -m "services or not (browser or process or static or soak)" $(ARGS)

check: dev ## Gaya, tipe, lapisan, migrasi, keamanan, templat, uraian API
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	scripts/check-deploy
	$(BIN)/python -m djlint --lint --quiet templates
	scripts/check-openapi
	scripts/check-locks

format: dev ## Rapikan kode
	@$(BIN)/python -m ruff check --fix-only .
	@$(BIN)/python -m ruff format .

openapi: dev ## Tulis ulang docs/openapi.yaml
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

bench: dev ## Ukur anggaran kinerja (QUICK=1 singkat, ONLY=nama satu baris)
	@$(BIN)/python -m bench

soak: dev ## Perjalanan panjang dan uji beban dengan proses yang dimatikan paksa (paling lama 45 menit)
	@scripts/system-packages
	@env -u TEST_DATABASE_URL -u TEST_REDIS_URL $(PYTEST) -n 2 -m soak
	@$(BIN)/python -m bench.soak
