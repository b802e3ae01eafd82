"""What the public says of an item, without an account: an error, a story, a request for removal; and its answers."""
