# The same chores as `cargo xtask`, for those who have just.

# List the chores
default:
    @just --list --unsorted

# Make a synthetic county, print its worklist and measures, say what to try next
demo:
    cargo xtask demo

# Run the whole test suite
test:
    cargo xtask test

# Check the formatting, the lints and the documentation
lint:
    cargo xtask lint

# Run all benchmarks, or the one of that name
bench *NAME:
    cargo xtask bench {{NAME}}

# Fuzz every target, or one, for 60 seconds each, or for so many
fuzz *TARGET_SECONDS:
    cargo xtask fuzz {{TARGET_SECONDS}}

# What CI runs
ci:
    .ci/run
