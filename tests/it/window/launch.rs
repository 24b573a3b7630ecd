//! Which renderer is tried after which.

use jiping::{
    store::settings::Renderer as Setting,
    ui::launch::renderers::Renderer::{self, Dx12, Gl, Glow, OfVariable, Vulkan},
};

fn order(variable: Option<&str>, setting: Setting) -> Vec<Renderer> {
    Renderer::in_turn(variable, setting, None)
}

#[test]
fn glow_is_the_last_resort() {
    let own = order(None, Setting::Auto);
    assert_eq!(own.last(), Some(&Glow));
    assert_eq!(own.contains(&Dx12), cfg!(windows));
}

#[test]
fn what_is_chosen_comes_first_and_the_others_stay_behind_it() {
    assert_eq!(
        order(None, Setting::Glow)[..2],
        [Glow, order(None, Setting::Auto)[0]]
    );
    assert_eq!(order(None, Setting::Gl)[0], Gl);
    assert_eq!(
        order(Some("VULKAN"), Setting::Glow)[0],
        Vulkan,
        "the variable goes first"
    );
    assert_eq!(
        order(Some("dx12"), Setting::Auto)[0],
        Dx12,
        "even where it cannot work"
    );
    for variable in ["dx12", "vulkan", "gl", "glow"] {
        let mut order = order(Some(variable), Setting::Auto);
        let length = order.len();
        order.dedup();
        assert_eq!(order.len(), length);
        assert!(length >= 3, "{order:?}");
    }
}

#[test]
fn an_unknown_name_chooses_nothing() {
    assert_eq!(
        order(Some("fast"), Setting::Auto),
        order(None, Setting::Auto)
    );
    assert_eq!(order(Some(""), Setting::Glow), order(None, Setting::Glow));
}

#[test]
fn the_variable_of_wgpu_replaces_our_own_order_but_not_glow() {
    let backends = eframe::wgpu::Backends::GL;
    let order = Renderer::in_turn(None, Setting::Auto, Some(backends));
    assert_eq!(order, [OfVariable(backends), Glow]);
}
