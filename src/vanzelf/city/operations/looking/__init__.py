"""Looking at each area of the installation: each module gives its findings."""
