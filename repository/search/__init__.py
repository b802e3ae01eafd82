"""Search: one analyser in front of every engine, one ranker behind it; engines only match tokens."""
