//! The Merkle tree over the ledger, hashed as RFC 6962 section 2.1 says.
//!
//! Only its frontier is kept: the roots of the full subtrees from left to right, one for every 1 in the binary form of
//! the number of leaves. That is enough to append, and to say the root at any size that was a commit's.

use calendar::Instant;
use sha2::{Digest as _, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

const LEAF: u8 = 0;
const NODE: u8 = 1;

/// The leaf of an event: when the ledger took it, in microseconds of UTC since 1970 as eight bytes from the highest,
/// and the bytes exactly as received. Position and order are the tree's own.
pub fn leaf(received: Instant, bytes: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([LEAF]);
    hasher.update(received.micros().to_be_bytes());
    hasher.update(bytes);
    hasher.finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([NODE]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// The frontier of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// The roots of the full subtrees, the largest first.
    subtrees: Vec<Hash>,
}

impl Frontier {
    /// An empty tree.
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// The frontier that [`Frontier::to_bytes`] wrote for a tree of that many leaves. None: the bytes are not that.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Frontier> {
        let (subtrees, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && subtrees.len() == size.count_ones() as usize;
        fits.then(|| Frontier { size, subtrees: subtrees.to_vec() })
    }

    /// The roots of the full subtrees, one after the other.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.subtrees.concat()
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf.
    pub fn append(&mut self, leaf: Hash) {
        let mut subtree = leaf;
        // Each 1 at the low end is a full subtree of the size of the new one: the two become one, as a carry does.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                subtree = node(&left, &subtree);
            }
        }
        self.subtrees.push(subtree);
        self.size += 1;
    }

    /// The root. That of an empty tree is the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut from_the_right = self.subtrees.iter().rev().copied();
        let Some(last) = from_the_right.next() else {
            return Sha256::digest([]).into();
        };
        from_the_right.fold(last, |right, left| node(&left, &right))
    }
}

/// A hash in hexadecimal.
pub fn hex(hash: &[u8]) -> String {
    use std::fmt::Write as _;
    hash.iter().fold(String::with_capacity(hash.len() * 2), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
