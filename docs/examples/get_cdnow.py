"""Write cdnow_master.csv and cdnow_sample.csv beside this file, from the PyPI package lifetimes.

pip download lifetimes==0.11.3 --no-deps
python docs/examples/get_cdnow.py Lifetimes-0.11.3-py3-none-any.whl
"""

import sys
from pathlib import Path
from zipfile import ZipFile

import pandas as pd

HERE = Path(__file__).parent
COLUMNS = ["id", "date", "n", "amt"]

if __name__ == "__main__":
    with ZipFile(sys.argv[1]) as wheel:
        master = pd.read_csv(wheel.open("lifetimes/datasets/CDNOW_master.txt"), sep=r"\s+", dtype=str)
        sample = pd.read_csv(
            wheel.open("lifetimes/datasets/CDNOW_sample.txt"), sep=r"\s+", dtype=str, header=None
        )
    master.set_axis(COLUMNS, axis=1).to_csv(HERE / "cdnow_master.csv", index=False)
    sample[[1, 2, 3, 4]].set_axis(COLUMNS, axis=1).to_csv(HERE / "cdnow_sample.csv", index=False)
