#!/bin/sh
# Freezes the schemas of a release and its golden vectors: schemas/freeze.sh 0.1.0
# May be repeated until the release has its tag; afterwards its copies never change.
set -eu
version=${1:?"say which version: schemas/freeze.sh 0.1.0"}
cd "$(dirname "$0")/.."
if git rev-parse -q --verify "refs/tags/v$version" >/dev/null; then
  echo "version $version is released: its schemas do not change, freeze the next one" >&2
  exit 1
fi
rm -rf "schemas/released/$version"
mkdir -p "schemas/released/$version"
cp schemas/*.avsc "schemas/released/$version/"
mvn -B -q -pl modules/wire -am test -Dtest=GoldenVectorTest,SchemaCompatibilityTest \
  -Dsurefire.failIfNoSpecifiedTests=false "-Dgolden.refresh=$version"
