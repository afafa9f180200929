"""Nothing is asked without ground, and what comes along without ground is kept nowhere."""
