//! Fingerprints texts, and tells from the fingerprints whether two texts are copies of one.
//!
//! The smallest hashes of all sequences of words stand for a text (bottom-k sketch: Broder, "On the resemblance and
//! containment of documents", 1997).

/// A sequence has so many words.
const WORDS_PER_SEQUENCE: usize = 5;
/// So many fingerprints stand for a text.
const FINGERPRINTS_KEPT: usize = 24;
/// Two texts with so great a share of their smallest fingerprints in common are copies of one.
const MIN_COPY_SHARE: f32 = 0.4;

/// The fingerprints of a text: hexadecimal numbers, the smallest first, separated by spaces.
pub(crate) fn fingerprints(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let mut hashes: Vec<u64> = words.windows(WORDS_PER_SEQUENCE.min(words.len().max(1))).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(FINGERPRINTS_KEPT);
    hashes.iter().map(|hash| format!("{hash:016x}")).collect::<Vec<_>>().join(" ")
}

/// Whether two texts, by their fingerprints, are copies of one.
pub(crate) fn is_copy(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let mut union: Vec<&&str> = one.iter().chain(&other).collect();
    union.sort_unstable();
    union.dedup();
    union.truncate(FINGERPRINTS_KEPT);
    let shared = union.iter().filter(|hash| one.contains(hash) && other.contains(hash)).count();
    !one[0].is_empty() && shared as f32 >= MIN_COPY_SHARE * union.len() as f32
}

/// FNV-1a over the words, each ended by a byte that is in no text.
fn hash(words: &[String]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_with_another_ending_is_told_from_another_text() {
        let story = "The two presidents spoke by telephone for forty minutes on Monday, both of their offices said, \
                     and agreed that their foreign ministers would meet in the coming weeks to prepare a summit.";
        let copy = format!("{story} A summit was last held in 2009.");
        let other = "Officials of the two countries have not spoken since the embassy closed, a ministry said on Monday.";
        assert!(is_copy(&fingerprints(story), &fingerprints(&copy)));
        assert!(!is_copy(&fingerprints(story), &fingerprints(other)));
        assert!(!is_copy(&fingerprints(""), &fingerprints("")));
    }
}
