; Owns what all the lab's installers share: silent switches, counting their own starts, exit codes, the uninstall key.
Unicode true
Target amd64-unicode
SetCompressor zlib
RequestExecutionLevel admin
ShowInstDetails nevershow
!include LogicLib.nsh
!include FileFunc.nsh
!include x64.nsh

Name "${DISPLAY_NAME}"
OutFile "${OUT_FILE}"
InstallDir "${TARGET_FOLDER}"
VIProductVersion "${PRODUCT_VERSION}.0"
VIAddVersionKey ProductName "${DISPLAY_NAME}"
VIAddVersionKey FileVersion "${PRODUCT_VERSION}"
VIAddVersionKey ProductVersion "${PRODUCT_VERSION}"
VIAddVersionKey FileDescription "${DISPLAY_NAME}, a stand-in for tests"
VIAddVersionKey LegalCopyright "none"
Page instfiles

!define TOOL "C:\LabTools\lab.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT_KEY}"

Var Parameters
Var WantedExit
Var Value

; The switch /NAME=value, or nothing.
!macro Option Name
  StrCpy $Value ""
  ClearErrors
  ${GetOptions} $Parameters "/${Name}=" $Value
!macroend
!define Option "!insertmacro Option"

; A step of the lab's tool; one that fails ends the setup with 1603, as msiexec has it.
!macro Step Words
  ExecWait '"${TOOL}" --lab-setup ${Words}' $0
  ${If} $0 <> 0
    SetErrorLevel 1603
    Quit
  ${EndIf}
!macroend
!define Step "!insertmacro Step"

; Counts the start before anything else, and gives up early where it was told to.
!macro Begin
  SetRegView 64
  ${GetParameters} $Parameters
  CreateDirectory "C:\LabState\starts"
  FileOpen $1 "C:\LabState\starts\${PRODUCT}.log" a
  FileSeek $1 0 END
  FileWrite $1 "$Parameters$\r$\n"
  FileClose $1
  ${Option} "EXIT"
  StrCpy $WantedExit $Value
  ${Option} "DURATION"
  ${If} $Value != ""
    IntOp $Value $Value * 1000
    Sleep $Value
  ${EndIf}
  ClearErrors
  ${GetOptions} $Parameters "/FAIL" $Value
  ${IfNot} ${Errors}
    SetErrorLevel 1603
    Quit
  ${EndIf}
  ; Only these mean that the product was installed.
  ${If} $WantedExit != ""
  ${AndIf} $WantedExit != "0"
  ${AndIf} $WantedExit != "3010"
  ${AndIf} $WantedExit != "1641"
    SetErrorLevel $WantedExit
    Quit
  ${EndIf}
!macroend

!macro RegisterProduct
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "${DISPLAY_NAME}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${PRODUCT_VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "Lab stand-in"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteUninstaller "$INSTDIR\uninstall.exe"
!macroend

; Installs a service that starts by itself, or restarts the one that is there, and waits until it runs: Wine's net start does not wait.
!macro Service ServiceName Title Role
  ${Step} 'service ${ServiceName} ${Role} "${Title}"'
!macroend

; The end: 3010 leaves a rename for the next start, 1641 asks for that start.
!macro Finish
  ${If} $WantedExit == "3010"
  ${OrIf} $WantedExit == "1641"
    FileOpen $1 "$INSTDIR\after-restart.new" w
    FileWrite $1 "in place since the restart$\r$\n"
    FileClose $1
    System::Call 'kernel32::MoveFileEx(t "$INSTDIR\after-restart.new", t "$INSTDIR\after-restart.txt", i 5) i .r0'
    SetErrorLevel $WantedExit
  ${EndIf}
  ${If} $WantedExit == "1641"
    ${Step} 'restart "${PRODUCT}-setup"'
    SetErrorLevel 1641
  ${EndIf}
!macroend

!macro RemoveService ServiceName
  nsExec::Exec '"$SYSDIR\net.exe" stop ${ServiceName}'
  Pop $0
  nsExec::Exec '"$SYSDIR\sc.exe" delete ${ServiceName}'
  Pop $0
!macroend
