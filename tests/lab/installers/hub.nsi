; Owns the stand-in for the Hub's setup. /S /PORT=4545 /PFX=path /REDIS[=port]; the PFX's password is in LAB_HUB_PFX_PASSWORD, never here.
!define PRODUCT "hub"
!define PRODUCT_KEY "ExekraHub"
!define DISPLAY_NAME "Exekra Hub"
!define TARGET_FOLDER "C:\Program Files\Exekra\Hub"
!include common.nsh

Section
  !insertmacro Begin
  SetOutPath "$INSTDIR"
  CreateDirectory "$INSTDIR\logs"
  File "/oname=ExekraHub.exe" "${PROGRAM_FILE}"
  ${Option} "PORT"
  ${If} $Value == ""
    StrCpy $Value "4545"
  ${EndIf}
  ${Step} 'settings "$INSTDIR\hub.json" port=$Value'
  ${Option} "PFX"
  ${Step} 'certificate "$Value" "$INSTDIR\hub.pfx"'
  StrCpy $Value ""
  ClearErrors
  ${GetOptions} $Parameters "/REDIS" $Value
  ${IfNot} ${Errors}
    StrCpy $Value $Value "" 1
    ${If} $Value == ""
      StrCpy $Value "6379"
    ${EndIf}
    ${Step} 'settings "$INSTDIR\runtime\redis\redis.json" port=$Value'
    !insertmacro Service "ExekraHubRedis" "Exekra Hub Redis" "redis"
  ${EndIf}
  !insertmacro Service "ExekraHubService" "Exekra Hub" "hub"
  !insertmacro RegisterProduct
  !insertmacro Finish
SectionEnd

Section Uninstall
  SetRegView 64
  !insertmacro RemoveService "ExekraHubService"
  !insertmacro RemoveService "ExekraHubRedis"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  RMDir /r "$INSTDIR"
SectionEnd
