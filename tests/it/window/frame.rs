//! What stands around the pages.

use super::setting::Window;

#[test]
fn a_window_opens_on_the_start_page_and_settles() {
    let mut window = Window::new();
    window.run();
    assert!(window.has("把表拖到这里"));
}

#[test]
fn the_sample_opens_with_its_verdict() {
    let window = Window::with_sample();
    assert_eq!(window.project().name(), "科协组织建设与事业发展");
    assert!(window.has("还有 4 处必须修改"));
}
