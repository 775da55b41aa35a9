# `make run` starts the dashboard, `make test` runs the quick checks, `make check` every check. Each sets up what it needs and can be repeated.

PORT = 8501
PYTHON = .venv/bin/python
PYTEST = $(PYTHON) -m pytest -n auto --dist loadfile
PROFILE = quick

N = 200

.PHONY: run test check access fuzz coverage mutants bench load scale pictures assets hashes image

run:
	@sh tools/set_up.sh requirements.txt
	@sh tools/run.sh $(PORT)

test:
	@sh tools/set_up.sh requirements-dev.txt
	@sh tools/chromium.sh
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m publishing.describe --check
	$(PYTHON) tools/map_packages.py --check
	$(PYTEST) -m "not slow" --hypothesis-profile=$(PROFILE)

# `make test` with more made-up examples, then what it leaves out: the browser, killed processes, LibreOffice, several servers.
check: PROFILE = check
check: test
	@sh tools/libreoffice.sh
	@sh tools/nginx.sh
	$(PYTEST) -m slow

# Requests every address of a running dashboard as every kind of visitor and writes the tables in SECURITY.md; review the changes.
access:
	@sh tools/set_up.sh requirements-dev.txt
	WRITE_SECURITY=1 $(PYTHON) -m pytest tests/serving/test_access.py -k security_md

# Many more made-up uploads and worlds, and publications killed at many more random moments; takes hours, on purpose only.
fuzz:
	@sh tools/set_up.sh requirements-dev.txt
	$(PYTHON) -m pytest tests/publishing tests/metrics --hypothesis-profile=fuzz

# Changes N single points of metrics and publishing, one at a time, and says which the tests notice; takes an hour or more, on purpose only.
mutants:
	@sh tools/set_up.sh tools/mutants.txt
	$(PYTHON) tools/mutants.py $(N)

# Runs all tests but the browser's and prints how much of each file they run, the least first; on purpose only, no test asks for a share.
coverage:
	@sh tools/set_up.sh requirements-dev.txt
	$(PYTHON) -m coverage erase
	$(PYTHON) -m coverage run -m pytest -n auto --dist loadfile --ignore=tests/browser
	$(PYTHON) -m coverage combine --quiet
	$(PYTHON) -m coverage report

# Measures the pages beside an empty and a plain one and writes benchmarks/RESULTS.md; on purpose only, on a quiet machine.
bench:
	@sh tools/set_up.sh requirements-dev.txt
	@sh tools/chromium.sh
	$(PYTHON) -m benchmarks

# A hundred viewers on one server for minutes; writes deploy/CAPACITY.md; on purpose only, on a quiet machine.
load:
	@sh tools/set_up.sh requirements-dev.txt
	$(PYTHON) -m benchmarks.viewers

# Reads registers of up to a million rows and sets the readings beside the same sums in polars; on purpose only.
scale:
	@sh tools/set_up.sh benchmarks/requirements.txt
	$(PYTHON) -m benchmarks.scale

# Takes the pictures in docs/ anew; on purpose only.
pictures:
	@sh tools/set_up.sh requirements-dev.txt
	@sh tools/chromium.sh
	$(PYTHON) tools/make_pictures.py

# Draws the land, the font and the logo anew and bundles what the browser draws with. Needs node, npm
# and a Debian whose apt has these fonts; on purpose only, the results are committed.
assets:
	@sh tools/set_up.sh tools/requirements.txt
	npm install --prefix tools --no-package-lock --no-audit --no-fund
	node tools/make_land.mjs
	node tools/make_vendor.mjs
	cd tools && apt-get download fonts-noto-core=20201225-1 fonts-noto-cjk=1:20220127+repack1-1
	cd tools && for package in fonts-noto-*.deb; do dpkg-deb -x "$$package" noto && rm "$$package"; done
	$(PYTHON) tools/make_font.py
	$(PYTHON) tools/make_logo.py

# Writes deploy/requirements.txt: the packages of requirements.txt with the hash of each of their files. After every change of either list.
hashes:
	@sh tools/set_up.sh tools/requirements.txt
	$(PYTHON) -m uv pip compile requirements.txt -c constraints.txt --quiet --generate-hashes --no-annotate --python-version 3.11 \
		--python-platform linux --custom-compile-command "make hashes" -o deploy/requirements.txt

# Builds the image of deploy/Dockerfile and tries it, alone and as two over PostgreSQL. As root, with buildah; on purpose only.
image:
	@sh tools/set_up.sh requirements-dev.txt
	@sh tools/chromium.sh
	@sh tools/image.sh
