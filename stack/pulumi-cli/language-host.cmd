@rem Starts the Node language host, as language-host.sh does elsewhere.
@set loader=tsx/cjs
@if exist compiled\register.js set loader=./compiled/register.js
@"%~dp0pulumi-language-nodejs-host.exe" -typescript=false "-nodeargs=-r %loader%" %*
