@rem Starts the Node language host, as language-host.sh does elsewhere.
@if exist compiled\register.js (
  "%~dp0pulumi-language-nodejs-host.exe" -typescript=false "-nodeargs=-r ./compiled/register.js" %*
  exit /b
)
@findstr /c:"tsx/cjs" Pulumi.yaml >nul 2>nul && (
  "%~dp0pulumi-language-nodejs-host.exe" -typescript=false "-nodeargs=-r tsx/cjs" %*
  exit /b
)
@"%~dp0pulumi-language-nodejs-host.exe" %*
