# The portal's image: one for web, workers and scheduler; what it does is the command.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    HOME=/home/portal \
    VAR_DIR=/var/lib/rakortek

# Pango makes the PDF; the fonts are those the paper is set in. The client of PostgreSQL makes and restores backups; it is
# of the same release as the server in docker-compose.yml.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-liberation postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /home/portal --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /var/lib/rakortek /srv/static

WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN pip install --quiet -r requirements.txt
COPY . .
# Keys only for this step: collecting files needs settings, not secrets.
RUN SECRET_KEY=build RECORD_KEY=build python manage.py collectstatic --noinput --verbosity 0

USER 10001
EXPOSE 8000
CMD ["gunicorn", "-c", "deploy/gunicorn_production.py", "rakortek.wsgi"]
