"""Proofs that what was acknowledged survives: killed programs, cut power, crowds, and disks that fail."""
