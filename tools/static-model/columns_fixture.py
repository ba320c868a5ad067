"""Writes the small model with one input for each column, text included, that the ONNX adapter's test loads.

python tools/static-model/columns_fixture.py
"""

from pathlib import Path

import pandas
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

OUT = Path(__file__).resolve().parents[2] / "apps/arbitration/src/testing/columns-model.onnx"

rows = pandas.DataFrame({"age": [30.0, 40.0, 50.0, 60.0] * 2, "job": ["retired"] * 4 + ["student"] * 4})
outcomes = [0, 1, 1, 1, 0, 0, 0, 1]
encoder = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["job"]), remainder="passthrough")
model = make_pipeline(encoder, LogisticRegression()).fit(rows, outcomes)
initial_types = [("age", FloatTensorType([None, 1])), ("job", StringTensorType([None, 1]))]
proto = to_onnx(model, initial_types=initial_types, options={"zipmap": False}, target_opset={"": 17, "ai.onnx.ml": 3})
OUT.parent.mkdir(parents=True, exist_ok=True)
OUT.write_bytes(proto.SerializeToString())
probe = pandas.DataFrame({"age": [35.0, 35.0, 70.0], "job": ["retired", "student", "pilot"]})
print(model.predict_proba(probe)[:, 1].tolist())
