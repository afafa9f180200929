"""On what ground the city asks: authorisations in the database, the register, the assessment."""
