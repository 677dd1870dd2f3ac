"""What the program claims to be fast or exact at, measured: `make bench`, or `python -m benches engine`."""
