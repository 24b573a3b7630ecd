//! What is said where no window can say it.

use std::path::Path;

use crate::store::error::shown;

/// There is no display.
pub fn no_display() -> String {
    "没有打开窗口：这里没有图形桌面（未设置 DISPLAY 或 WAYLAND_DISPLAY，或者连接不上）。文件没有改动。\n\
     请在桌面环境中运行；没有桌面时可以用命令行程序，例如把示例表排成 PDF：\n\
     \u{20}   jiping-cli export assets/samples/shenzhen-2020-filed.jiping --to pdf --review -o 审阅稿.pdf"
        .to_owned()
}

/// No renderer works. `problems` says what each answered.
pub fn no_renderer(problems: &[String]) -> String {
    format!(
        "没有打开窗口：这台电脑的显示方式都不能用。文件没有改动。\n\
         请更新显卡驱动，或在远程桌面中改用本机登录；仍不能打开时可以用命令行程序 jiping-cli。\n{}",
        problems.join("\n")
    )
}

/// The window keeps breaking down. `copy` is where unsaved work lies.
pub fn given_up(copy: Option<&Path>, log: Option<&Path>) -> String {
    let mut words = "程序接连出错，已经停止，没有再次打开窗口。磁盘上的文件没有改动。".to_owned();
    if let Some(copy) = copy {
        words += &format!(
            "\n未保存的内容已留有副本，下次打开程序时可以恢复：{}",
            shown(copy)
        );
    }
    if let Some(log) = log {
        words += &format!("\n请把日志交给维护人员：{}", shown(log));
    }
    words
}

/// The command line makes no sense.
pub fn misused(argument: &str) -> String {
    format!(
        "没有打开窗口：不认识参数“{argument}”。用法：jiping [文件]；其他操作请用 jiping-cli --help"
    )
}

/// Says it on standard error, and in a message box where programs have no console.
pub fn tell(words: &str) {
    eprintln!("{words}");
    if cfg!(any(windows, target_os = "macos")) {
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title("绩评")
            .set_description(words)
            .show();
    }
}
