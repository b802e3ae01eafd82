"""Rules: from what a record claims to what every door may give out. Pure; stores and doors call it."""
