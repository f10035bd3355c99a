"""Which benchmarks `make benchmark` runs, in this order, and what each is given."""

MEASURED: dict[str, tuple[str, ...]] = {
    "acknowledged": ("3", "1", "20", "100"),
    "lists_at_once": ("9", "500"),
    "flat_in_open": ("1000", "10000", "100000"),
    "appends": ("800", "3"),
    "due_to_posted": ("100", "0", "100000"),
    "storm": ("60", "1000"),
    "breaches": ("1000", "10000"),
    "idle": ("40", "0", "10000"),
    "start_up": ("5",),
}
