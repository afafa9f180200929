"""How the installation is doing: a page for staff, and figures for a monitoring system."""
