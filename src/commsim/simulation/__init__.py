"""The engine: state, kernels, the day, the Mesa model."""
