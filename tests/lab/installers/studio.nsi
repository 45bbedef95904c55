; Owns the stand-in for Studio's setup: files and an uninstall key, no service.
!define PRODUCT "studio"
!define PRODUCT_KEY "ExekraStudio"
!define DISPLAY_NAME "Exekra Studio"
!define TARGET_FOLDER "C:\Program Files\Exekra\Studio"
!include common.nsh

Section
  !insertmacro Begin
  SetOutPath "$INSTDIR"
  File "/oname=ExekraStudio.exe" "${PROGRAM_FILE}"
  !insertmacro RegisterProduct
  !insertmacro Finish
SectionEnd

Section Uninstall
  SetRegView 64
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  RMDir /r "$INSTDIR"
SectionEnd
