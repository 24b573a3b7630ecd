; The installer: for one person, without administrator rights. build.sh compiles it, and defines
;   VERSION          as in Cargo.toml
;   VERSION_NUMBERS  the same as four numbers
;   STAGE            the folder with all files to install
;   ICONS            the folder of the icons
;   OUTPUT           the installer to write
;   QUICK            for tests: does not compress (may be missing)
;   SIGN             a command that signs the file named behind it (may be missing)
;
; Switches: /S installs and uninstalls without a question, /D=FOLDER (the last one, unquoted) where to,
; /NODESKTOP without a shortcut on the desktop.
; Exit codes: 0 done, 1 cancelled, 2 a file could not be written, 3 this Windows is too old.

Unicode true
Target amd64-unicode
ManifestSupportedOS Win10
ManifestDPIAware true
ManifestLongPathAware true
RequestExecutionLevel user
!ifdef QUICK
    SetCompressor zlib
    SetCompress off
!else
    ; The fonts stand in both programs. A dictionary larger than one program holds them once.
    SetCompressor /SOLID lzma
    SetCompressorDictSize 96
!endif

!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include MUI2.nsh

!define DOCUMENT "Jiping.Document"
!define CLASSES "Software\Classes"
!define OWN_KEY "Software\Jiping"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Jiping"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths\jiping.exe"
!define FIRST_BUILD 17763 ; Windows 10, 1809

Name "绩评"
BrandingText "绩评 ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Jiping"
; An upgrade goes where the program is.
InstallDirRegKey HKCU "${OWN_KEY}" "Folder"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION_NUMBERS}"
VIFileVersion "${VERSION_NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "绩评"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "绩评安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "绩评 Jiping"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT OR Apache-2.0"

!ifdef SIGN
    !finalize '${SIGN} "%1"' = 0
    !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICONS}\jiping.ico"
!define MUI_UNICON "${ICONS}\jiping.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${ICONS}\installer.bmp"

!define MUI_ABORTWARNING

!define MUI_WELCOMEPAGE_TITLE "安装绩评 ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "绩评帮助填写、测算和校验《项目支出绩效自评表》，不联网。$\r$\n$\r$\n只为您自己安装，不需要管理员权限。已经装过的，装到原来的位置，表格和设置都不动。$\r$\n$\r$\n$_CLICK"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\jiping.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开绩评"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
; The font of all other windows of a Chinese Windows 10.
SetFont /LANG=2052 "Microsoft YaHei UI" 9

; ---- a program that is running

; MoveAside FILE: gives a file that cannot be replaced another name, in the same folder: windows that run it go on. Sets
; the error flag where it keeps its name.
!macro DEFINE_MOVE_ASIDE UN
Function ${UN}MoveAside
    Exch $0
    Push $1
    ${For} $1 1 50
        ${IfNot} ${FileExists} "$0.old-$1"
            ClearErrors
            Rename "$0" "$0.old-$1"
            ${Break}
        ${EndIf}
        SetErrors
    ${Next}
    Pop $1
    Pop $0
FunctionEnd
!macroend
!insertmacro DEFINE_MOVE_ASIDE ""
!insertmacro DEFINE_MOVE_ASIDE "un."

; IsRunning FILE: says on the stack whether it is being run; nobody may write such a file.
!macro DEFINE_IS_RUNNING UN
Function ${UN}IsRunning
    Exch $0
    Push $1
    ${If} ${FileExists} "$0"
        ClearErrors
        FileOpen $1 "$0" a
        ${If} ${Errors}
            StrCpy $0 1
        ${Else}
            FileClose $1
            StrCpy $0 0
        ${EndIf}
    ${Else}
        StrCpy $0 0
    ${EndIf}
    Pop $1
    Exch $0
FunctionEnd
!macroend
!insertmacro DEFINE_IS_RUNNING ""
!insertmacro DEFINE_IS_RUNNING "un."

!macro REMOVE_LEFTOVERS
    ; Those that still run stay until the next time.
    Delete "$INSTDIR\jiping.exe.old-*"
    Delete "$INSTDIR\jiping-cli.exe.old-*"
    Delete "$INSTDIR\jiping.exe.new"
    Delete "$INSTDIR\jiping-cli.exe.new"
!macroend

!macro TELL_THE_SHELL
    ; SHCNE_ASSOCCHANGED: icons and verbs change without a new login.
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; ---- installing

; Puts the new program at $INSTDIR\NAME. Everything is unpacked before the old one gives way.
!macro INSTALL_PROGRAM NAME
    Push "$INSTDIR\${NAME}"
    Call IsRunning
    Pop $0
    ${If} $0 == 1
        Push "$INSTDIR\${NAME}"
        Call MoveAside
    ${Else}
        Delete "$INSTDIR\${NAME}"
    ${EndIf}
    ClearErrors
    Rename "$INSTDIR\${NAME}.new" "$INSTDIR\${NAME}"
    ${If} ${Errors}
        Call CouldNotWrite
    ${EndIf}
!macroend

Function CouldNotWrite
    MessageBox MB_OK|MB_ICONSTOP "没有装好：文件写不进安装文件夹。表格和设置没有改动。$\r$\n$\r$\n请看看磁盘是否已满、杀毒软件是否拦截，关闭绩评后再装一次。$\r$\n$INSTDIR" /SD IDOK
    SetErrorLevel 2
    Quit
FunctionEnd

Section "绩评（必需）" Program
    SectionIn RO
    !insertmacro REMOVE_LEFTOVERS

    ${Do}
        Push "$INSTDIR\jiping.exe"
        Call IsRunning
        Pop $0
        ${If} $0 == 0
            ${Break}
        ${EndIf}
        MessageBox MB_ABORTRETRYIGNORE|MB_DEFBUTTON2|MB_ICONEXCLAMATION "绩评正在运行。$\r$\n$\r$\n请先在绩评中保存表格并关闭窗口，再点“重试”。$\r$\n点“忽略”也能装：开着的窗口不受影响，可以继续填写和保存，关闭后再打开就是新版本。" /SD IDIGNORE IDRETRY again IDIGNORE go_on
        SetErrorLevel 1
        Quit
        go_on:
        ${Break}
        again:
    ${Loop}

    SetOutPath "$INSTDIR"
    ClearErrors
    File "/oname=jiping.exe.new" "${STAGE}\jiping.exe"
    File "/oname=jiping-cli.exe.new" "${STAGE}\jiping-cli.exe"
    File "${STAGE}\使用说明.txt"
    File "${STAGE}\licences.txt"
    SetOutPath "$INSTDIR\示例"
    File "${STAGE}\示例\*.jiping"
    SetOutPath "$INSTDIR"
    ${If} ${Errors}
        Call CouldNotWrite
    ${EndIf}
    !insertmacro INSTALL_PROGRAM "jiping.exe"
    !insertmacro INSTALL_PROGRAM "jiping-cli.exe"
    ClearErrors
    WriteUninstaller "$INSTDIR\uninstall.exe"
    ${If} ${Errors}
        Call CouldNotWrite
    ${EndIf}

    WriteRegStr HKCU "${OWN_KEY}" "Folder" "$INSTDIR"
    CreateShortcut "$SMPROGRAMS\绩评.lnk" "$INSTDIR\jiping.exe"

    ; .jiping files. Another program's hold of them is put aside and comes back when this one goes.
    WriteRegStr HKCU "${CLASSES}\${DOCUMENT}" "" "绩效自评表"
    WriteRegStr HKCU "${CLASSES}\${DOCUMENT}\DefaultIcon" "" '"$INSTDIR\jiping.exe",-2'
    WriteRegStr HKCU "${CLASSES}\${DOCUMENT}\shell" "" "open"
    WriteRegStr HKCU "${CLASSES}\${DOCUMENT}\shell\open" "" "用绩评打开"
    WriteRegStr HKCU "${CLASSES}\${DOCUMENT}\shell\open\command" "" '"$INSTDIR\jiping.exe" "%1"'
    ReadRegStr $0 HKCU "${CLASSES}\.jiping" ""
    ${If} $0 != ""
    ${AndIf} $0 != "${DOCUMENT}"
        WriteRegStr HKCU "${CLASSES}\.jiping" "Before.Jiping" "$0"
        WriteRegNone HKCU "${CLASSES}\.jiping\OpenWithProgids" "$0"
    ${EndIf}
    WriteRegStr HKCU "${CLASSES}\.jiping" "" "${DOCUMENT}"
    WriteRegNone HKCU "${CLASSES}\.jiping\OpenWithProgids" "${DOCUMENT}"
    ; In the list of 打开方式 by its name, and in 运行 without its folder.
    WriteRegStr HKCU "${CLASSES}\Applications\jiping.exe" "FriendlyAppName" "绩评"
    WriteRegStr HKCU "${CLASSES}\Applications\jiping.exe\shell\open\command" "" '"$INSTDIR\jiping.exe" "%1"'
    WriteRegStr HKCU "${CLASSES}\Applications\jiping.exe\SupportedTypes" ".jiping" ""
    WriteRegStr HKCU "${APP_PATHS}" "" "$INSTDIR\jiping.exe"

    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "绩评"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\jiping.exe,0"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "绩评 Jiping"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
    !insertmacro TELL_THE_SHELL
SectionEnd

Section "桌面快捷方式" DesktopShortcut
    CreateShortcut "$DESKTOP\绩评.lnk" "$INSTDIR\jiping.exe"
SectionEnd

; Whoever took the shortcut away does not get it back with the next version.
Section
    ${If} ${SectionIsSelected} ${DesktopShortcut}
        WriteRegStr HKCU "${OWN_KEY}" "Desktop" 1
    ${Else}
        Delete "$DESKTOP\绩评.lnk"
        WriteRegStr HKCU "${OWN_KEY}" "Desktop" 0
    ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${Program} "窗口程序和命令行程序，开始菜单，双击 .jiping 文件用绩评打开。"
    !insertmacro MUI_DESCRIPTION_TEXT ${DesktopShortcut} "在桌面上放一个图标。"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; Behind the sections, which have numbers only from here on.
Function .onInit
    ${IfNot} ${AtLeastWin10}
    ${OrIfNot} ${AtLeastBuild} ${FIRST_BUILD}
        MessageBox MB_OK|MB_ICONSTOP "没有安装：绩评需要 64 位的 Windows 10（1809 版）或更新的系统，这台电脑的系统太旧。电脑上的文件没有改动。$\r$\n$\r$\n请在新一些的电脑上安装，或请信息科升级系统。" /SD IDOK
        SetErrorLevel 3
        Quit
    ${EndIf}
    ; What was chosen for the desktop last time holds for the next version.
    ReadRegStr $0 HKCU "${OWN_KEY}" "Desktop"
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/NODESKTOP" $2
    ${IfNot} ${Errors}
        StrCpy $0 0
    ${EndIf}
    ${If} $0 == 0
        !insertmacro UnselectSection ${DesktopShortcut}
    ${EndIf}
FunctionEnd

; ---- uninstalling

Function un.onInit
    ${Do}
        Push "$INSTDIR\jiping.exe"
        Call un.IsRunning
        Pop $0
        ${If} $0 == 0
            ${Break}
        ${EndIf}
        MessageBox MB_ABORTRETRYIGNORE|MB_DEFBUTTON2|MB_ICONEXCLAMATION "绩评正在运行。$\r$\n$\r$\n请先在绩评中保存表格并关闭窗口，再点“重试”。$\r$\n点“忽略”也能卸载：开着的窗口不受影响，可以保存后再关闭。" /SD IDIGNORE IDRETRY again IDIGNORE go_on
        SetErrorLevel 1
        Quit
        go_on:
        ${Break}
        again:
    ${Loop}
FunctionEnd

; A program that runs goes to the folder of temporary files, which the system empties.
!macro REMOVE_PROGRAM NAME
    ClearErrors
    Delete "$INSTDIR\${NAME}"
    ${If} ${Errors}
        GetTempFileName $0
        Delete "$0"
        ClearErrors
        Rename "$INSTDIR\${NAME}" "$0"
        ${If} ${Errors}
            Push "$INSTDIR\${NAME}"
            Call un.MoveAside
        ${EndIf}
    ${EndIf}
!macroend

; /ifempty asks for keys below, not for values.
!macro DELETE_KEY_WITHOUT_VALUES KEY
    ClearErrors
    EnumRegValue $2 HKCU "${KEY}" 0
    ${If} ${Errors}
        DeleteRegKey /ifempty HKCU "${KEY}"
    ${EndIf}
!macroend

Section "Uninstall"
    !insertmacro REMOVE_PROGRAM "jiping.exe"
    !insertmacro REMOVE_PROGRAM "jiping-cli.exe"
    !insertmacro REMOVE_LEFTOVERS
    ; Only what was installed, by name: people keep forms in the strangest places.
    Delete "$INSTDIR\使用说明.txt"
    Delete "$INSTDIR\licences.txt"
    Delete "$INSTDIR\示例\shenzhen-2020-corrected.jiping"
    Delete "$INSTDIR\示例\shenzhen-2020-filed.jiping"
    RMDir "$INSTDIR\示例"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"

    Delete "$SMPROGRAMS\绩评.lnk"
    Delete "$DESKTOP\绩评.lnk"
    ReadRegStr $0 HKCU "${CLASSES}\.jiping" ""
    ReadRegStr $1 HKCU "${CLASSES}\.jiping" "Before.Jiping"
    ${If} $0 == "${DOCUMENT}"
        ${If} $1 == ""
            DeleteRegValue HKCU "${CLASSES}\.jiping" ""
        ${Else}
            WriteRegStr HKCU "${CLASSES}\.jiping" "" "$1"
        ${EndIf}
    ${EndIf}
    DeleteRegValue HKCU "${CLASSES}\.jiping" "Before.Jiping"
    DeleteRegValue HKCU "${CLASSES}\.jiping\OpenWithProgids" "${DOCUMENT}"
    !insertmacro DELETE_KEY_WITHOUT_VALUES "${CLASSES}\.jiping\OpenWithProgids"
    !insertmacro DELETE_KEY_WITHOUT_VALUES "${CLASSES}\.jiping"
    DeleteRegKey HKCU "${CLASSES}\${DOCUMENT}"
    DeleteRegKey HKCU "${CLASSES}\Applications\jiping.exe"
    DeleteRegKey HKCU "${APP_PATHS}"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    DeleteRegKey HKCU "${OWN_KEY}"
    !insertmacro TELL_THE_SHELL

    ${If} ${FileExists} "$LOCALAPPDATA\Jiping\data\*"
        MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONQUESTION "绩评已卸载，自评表文件都还在原来的地方。$\r$\n$\r$\n要不要连同设置、备份和恢复副本一起删除？删除后，没有保存的内容和以前的版本就找不回来了。$\r$\n以后还会再装的，请点“否”。$\r$\n$\r$\n$LOCALAPPDATA\Jiping\data" /SD IDNO IDNO keep
        RMDir /r "$LOCALAPPDATA\Jiping\data"
        RMDir "$LOCALAPPDATA\Jiping"
        keep:
    ${EndIf}
SectionEnd
