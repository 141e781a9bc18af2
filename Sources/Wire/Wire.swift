// placeholder outside the branch, never committed
