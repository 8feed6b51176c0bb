"""Rounds as large as the real ones, for looking at the portal and measuring it at full size. All figures simulasi."""

from agreements.demo.size.load import load_size
from agreements.demo.size.shape import Shape, read_shape

__all__ = ["Shape", "load_size", "read_shape"]
