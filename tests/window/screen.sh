# A screen in memory for programs with a window; sourced after shell.sh by scripts that have a folder `scratch` and end
# `screen_pid`.

screen_pid=

# What the machine lacks for that, as `missing_components` tells it.
window_components() {
    command -v Xvfb >/dev/null || echo 'xvfb: a screen in memory, for the window'
    command -v xdotool >/dev/null || echo 'xdotool: keys for the window'
    command -v import >/dev/null || echo 'imagemagick: pictures of the window'
    has_library libxkbcommon-x11.so.0 || echo 'libxkbcommon-x11-0: the keyboard of the window'
    has_library libXcursor.so.1 || echo 'libxcursor1: its pointer'
    has_library libXi.so.6 || echo 'libxi6: its mouse'
    has_library libXrandr.so.2 || echo 'libxrandr2: the size of its screen'
    has_library libX11-xcb.so.1 || echo 'libx11-xcb1: its connection to the screen'
    has_library libvulkan.so.1 || echo 'libvulkan1: draws it'
    compgen -G '/usr/share/vulkan/icd.d/lvp_icd*' >/dev/null ||
        echo 'mesa-vulkan-drivers: draws it without a graphics card'
    has_library libEGL.so.1 || echo 'libegl1: draws it where there is no Vulkan'
    has_library libGL.so.1 || echo 'libgl1: the same'
    [[ -n $(find /usr/lib -name swrast_dri.so -print -quit) ]] ||
        echo 'libgl1-mesa-dri: the same without a graphics card'
}

# Starts the screen.
screen() {
    # -noreset: the screen must outlive the moment when one process hands over to the next.
    Xvfb -displayfd 3 -noreset -nolisten tcp -screen 0 1400x900x24 3>"$scratch/display" 2>"$scratch/xvfb" &
    screen_pid=$!
    wait_for 20 'a screen' test -s "$scratch/display"
    DISPLAY=:$(<"$scratch/display")
    export DISPLAY
}

# Whether Jiping shows a window; its number is then in `window`.
find_window() {
    window=$(xdotool search --onlyvisible --class jiping 2>/dev/null | tail -n 1)
    [[ -n $window ]]
}
