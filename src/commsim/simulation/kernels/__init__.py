"""The day's sub-models: small pure kernels over the columns, compiled by numba."""
