//! Everyone behind a figure, written and read.

use proptest::prelude::*;
use store::behind::{Adds, Behind, read, write};

fn adds() -> impl Strategy<Value = Adds> {
    prop_oneof![
        (any::<bool>(), any::<bool>()).prop_map(|(met, missing)| Adds::Share { met, missing }),
        Just(Adds::One),
        any::<u32>().prop_map(Adds::Band),
        ".{0,20}".prop_map(Adds::Value),
        "[0-9]{1,9}(\\.[0-9])?".prop_map(Adds::Amount),
        ".{0,20}".prop_map(Adds::Held),
    ]
}

fn behind() -> impl Strategy<Value = Behind> {
    (any::<u32>(), any::<u32>(), adds()).prop_map(|(subject, holder, adds)| Behind { subject, holder, adds })
}

proptest! {
    #[test]
    fn what_is_written_is_read(entries in proptest::collection::vec(behind(), 0..40)) {
        let mut bytes = Vec::new();
        entries.iter().for_each(|entry| write(entry, &mut bytes));
        prop_assert_eq!(read(&bytes), Some(entries));
    }

    #[test]
    fn what_is_cut_off_is_not_read(entry in behind(), cut in any::<prop::sample::Index>()) {
        let mut bytes = Vec::new();
        write(&entry, &mut bytes);
        let kept = cut.index(bytes.len() - 1) + 1;
        prop_assume!(kept < bytes.len());
        prop_assert_eq!(read(&bytes[..kept]), None);
    }
}

#[test]
fn a_text_that_is_too_long_is_cut_between_characters() {
    let long = "ä".repeat(40_000);
    let mut bytes = Vec::new();
    write(&Behind { subject: 1, holder: 2, adds: Adds::Value(long.clone()) }, &mut bytes);
    let entries = read(&bytes).expect("what was written");
    assert_eq!(entries, [Behind { subject: 1, holder: 2, adds: Adds::Value("ä".repeat(32_767)) }]);
}
