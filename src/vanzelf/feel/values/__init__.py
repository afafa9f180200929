"""What FEEL computes with: its kinds of value, their equality, order, arithmetic and text."""
