//! The Merkle tree, against an independent implementation.

use calendar::Instant;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::Sha256;
use store::merkle::{Frontier, leaf};

#[test]
fn the_root_at_every_size_is_that_of_rfc_6962() {
    let mut oracle: MemoryBackedTree<Sha256, Vec<u8>> = MemoryBackedTree::new();
    let mut frontier = Frontier::new();
    for size in 0..=300_u64 {
        assert_eq!(frontier.size(), size);
        assert_eq!(frontier.root().as_slice(), oracle.root().as_bytes().as_slice(), "at {size} leaves");
        let kept = Frontier::from_bytes(size, &frontier.to_bytes());
        assert_eq!(kept.as_ref(), Some(&frontier), "as bytes and back, at {size} leaves");
        assert_eq!(
            Frontier::from_bytes(size + 1, &frontier.to_bytes()).is_some(),
            (size + 1).count_ones() == size.count_ones()
        );
        let received = Instant::from_micros(i64::try_from(size).unwrap() * 1_000_003 - 5);
        let bytes = vec![b'x'; usize::try_from(size).unwrap()];
        oracle.push([received.micros().to_be_bytes().as_slice(), &bytes].concat());
        frontier.append(leaf(received, &bytes));
    }
}

#[test]
fn a_frontier_of_the_wrong_length_is_none() {
    assert_eq!(Frontier::from_bytes(1, &[0; 31]), None);
    assert_eq!(Frontier::from_bytes(1, &[0; 64]), None);
    assert_eq!(Frontier::from_bytes(0, &[]), Some(Frontier::new()));
}
