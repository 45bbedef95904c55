; Owns the program file that a product lays down: it does nothing and carries a version.
Unicode true
Target amd64-unicode
SilentInstall silent
RequestExecutionLevel user
Name "${DISPLAY_NAME}"
OutFile "${OUT_FILE}"
VIProductVersion "${PRODUCT_VERSION}.0"
VIAddVersionKey ProductName "${DISPLAY_NAME}"
VIAddVersionKey FileVersion "${PRODUCT_VERSION}.0"
VIAddVersionKey ProductVersion "${PRODUCT_VERSION}.0"
VIAddVersionKey FileDescription "${DISPLAY_NAME}, a stand-in for tests"
VIAddVersionKey LegalCopyright "none"
Section
SectionEnd
