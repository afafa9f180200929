"""What if: trying changes of a right on everyone, within a budget; keeping the ones that count."""
