; Owns the stand-in for PostgreSQL's setup: a service that listens. /S /PORT=5432
!define PRODUCT "postgres"
!define PRODUCT_KEY "PostgreSQL Lab"
!define DISPLAY_NAME "PostgreSQL (lab stand-in)"
!define TARGET_FOLDER "C:\Program Files\PostgreSQL\lab"
!include common.nsh

Section
  !insertmacro Begin
  SetOutPath "$INSTDIR"
  File "/oname=postgres.exe" "${PROGRAM_FILE}"
  ${Option} "PORT"
  ${If} $Value == ""
    StrCpy $Value "5432"
  ${EndIf}
  ${Step} 'settings "$INSTDIR\postgres.json" port=$Value'
  !insertmacro Service "postgresql-lab" "PostgreSQL (lab stand-in)" "postgres"
  !insertmacro RegisterProduct
  !insertmacro Finish
SectionEnd

Section Uninstall
  SetRegView 64
  !insertmacro RemoveService "postgresql-lab"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  RMDir /r "$INSTDIR"
SectionEnd
