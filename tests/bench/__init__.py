"""Measures a running portal: with many people at once, and in a browser far away.

`python -m tests.bench people` and `python -m tests.bench paint`; `make bench` runs both.
"""
