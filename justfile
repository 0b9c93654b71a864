# The same chores as `cargo xtask`, for those who have just.

# List the chores
default:
    @just --list --unsorted

# Serve a synthetic county at work, with the options of `sightline demo`
demo *OPTIONS:
    cargo xtask demo {{OPTIONS}}

# Run the whole test suite, with journeys through the pages in a browser
test:
    cargo xtask test

# Check the formatting, the lints and the documentation
lint:
    cargo xtask lint

# Run all benchmarks, or the one of that name
bench *NAME:
    cargo xtask bench {{NAME}}

# Build the pages' style sheet and script, or with --check see that the kept ones are right
assets *CHECK:
    cargo xtask assets {{CHECK}}

# Fuzz every target, or one, for 60 seconds each, or for so many
fuzz *TARGET_SECONDS:
    cargo xtask fuzz {{TARGET_SECONDS}}

# What CI runs
ci:
    .ci/run
