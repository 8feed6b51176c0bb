"""Factories: plain functions that make real rows, one module an app."""

from tests.factories.accounts import (
    PASSWORD,
    make_actor,
    make_institution,
    make_membership,
    make_nation,
    make_region,
    make_user,
)

__all__ = [
    "PASSWORD",
    "make_actor",
    "make_institution",
    "make_membership",
    "make_nation",
    "make_region",
    "make_user",
]
