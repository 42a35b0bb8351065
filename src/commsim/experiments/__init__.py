"""Many runs: local processes over tasks."""
