//! Converts byte offsets of a text to code points.

/// How many bytes are counted at once; a table entry stands for as many.
const BLOCK: usize = 256;

/// A table from byte offsets to code points, made in one pass over the text.
pub(crate) struct CodePoints<'a> {
    bytes: &'a [u8],
    before: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    pub(crate) fn of(text: &'a str) -> CodePoints<'a> {
        let bytes = text.as_bytes();
        let mut so_far = 0;
        let mut before = vec![0];
        before.extend(bytes.chunks(BLOCK).map(|block| {
            so_far += begun(block);
            so_far
        }));
        CodePoints { bytes, before }
    }

    /// How many code points begin before byte `offset`; all of them where the text is shorter.
    pub(crate) fn at(&self, offset: usize) -> usize {
        let offset = offset.min(self.bytes.len());
        let block = offset / BLOCK;
        self.before[block] + begun(&self.bytes[block * BLOCK..offset])
    }
}

/// How many code points begin in `bytes`: all bytes of UTF-8 but those that continue one.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_counts_as_the_text_before_it() {
        for text in ["", "a", "Zürich — “Gespräche” 🌍", &"é🌍a".repeat(300), &"x".repeat(BLOCK * 2)]
        {
            let points = CodePoints::of(text);
            for (count, (offset, _)) in text.char_indices().enumerate() {
                assert_eq!(points.at(offset), count, "{offset}");
            }
            assert_eq!(points.at(text.len()), text.chars().count());
            assert_eq!(points.at(usize::MAX), text.chars().count());
        }
    }
}
