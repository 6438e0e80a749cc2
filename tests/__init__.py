"""Tests of Netwright, mirrored by package."""
