"""Declarations of layers, one file a family; every module in this folder is loaded by the catalogue."""
