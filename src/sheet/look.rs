//! What a page looks like, as a number: the same for pages that look the same, so that their pictures can be used again.

use std::hash::{Hash, Hasher};

use typst::{
    layout::{Frame, FrameItem},
    utils::hash128,
};

use super::pages::Pages;

impl Pages {
    /// The look of a page; `None` where there is no such page.
    pub fn look_of(&self, page: usize) -> Option<u128> {
        let page = self.document.pages().get(page)?;
        Some(hash128(&(Look(&page.frame), &page.fill)))
    }
}

/// A frame by what is drawn of it. Tags and links draw nothing, and their places in the document change with what stands
/// before them.
struct Look<'a>(&'a Frame);

impl Hash for Look<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.size().hash(hasher);
        for (at, item) in self.0.items() {
            match item {
                FrameItem::Tag(_) | FrameItem::Link(..) => continue,
                FrameItem::Group(group) => {
                    group.transform.hash(hasher);
                    group.clip.hash(hasher);
                    Look(&group.frame).hash(hasher);
                }
                FrameItem::Text(text) => text.hash(hasher),
                FrameItem::Shape(shape, _) => shape.hash(hasher),
                FrameItem::Image(image, size, _) => (image, size).hash(hasher),
            }
            at.hash(hasher);
        }
    }
}
