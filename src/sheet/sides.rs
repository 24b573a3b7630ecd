//! Sides of paper for a printer: some of the pages, in the order in which they are printed, with blank sides between them.

use typst::{
    ecow::EcoVec,
    foundations::{Content, Smart},
    layout::{Frame, FrameItem, GroupItem, Size},
    model::Document as _,
};
use typst_layout::{Page, PagedDocument};

use super::pages::Pages;

impl Pages {
    /// A document of these sides: pages counted from 0, `None` for a blank side. `None` where there is no side at all or no
    /// such page.
    pub(super) fn sides(&self, sides: &[Option<usize>]) -> Option<PagedDocument> {
        let pages = self.document.pages();
        let first = sides.iter().flatten().next().copied().unwrap_or(0);
        let mut size = pages.get(first)?.frame.size();
        let mut printed = EcoVec::with_capacity(sides.len());
        for side in sides {
            printed.push(match side {
                Some(page) => {
                    let page = pages.get(*page)?;
                    size = page.frame.size();
                    Page {
                        frame: untagged(&page.frame),
                        ..page.clone()
                    }
                }
                None => blank(size),
            });
        }
        (!printed.is_empty()).then(|| PagedDocument::new(printed, self.document.info().clone()))
    }
}

fn blank(size: Size) -> Page {
    Page {
        frame: Frame::hard(size),
        bleed: Default::default(),
        fill: Smart::Auto,
        numbering: None,
        supplement: Content::empty(),
        number: 0,
    }
}

/// What is drawn of a frame alone. Tags and links would lead to pages that are not printed, or printed elsewhere or twice.
fn untagged(frame: &Frame) -> Frame {
    let mut drawn = Frame::new(frame.size(), frame.kind());
    for (at, item) in frame.items() {
        let item = match item {
            FrameItem::Tag(_) | FrameItem::Link(..) => continue,
            FrameItem::Group(group) => FrameItem::Group(GroupItem {
                frame: untagged(&group.frame),
                parent: None,
                ..group.clone()
            }),
            FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => item.clone(),
        };
        drawn.push(*at, item);
    }
    drawn
}
