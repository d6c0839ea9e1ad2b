@rem Starts the Node language host, as language-host.sh does elsewhere.
@"%~dp0pulumi-language-nodejs-host.exe" -typescript=false "-nodeargs=-r tsx/cjs" %*
