"""Trains the static term-deposit model once, on the bank's history, and writes it as ONNX.

    python3 -m venv /path/outside/the/repository && . /path/outside/the/repository/bin/activate
    pip install -r tools/static-model/requirements.txt
    python tools/static-model/train.py

History is the first 40 % of the lines. Its last fifth is held out to choose among the candidates by log-loss; the chosen one is
then fitted on all of the history. Nothing after the history is read for either. The result is the same on every run.
"""

import csv
import hashlib
import json
import platform
from pathlib import Path

import numpy as np
import onnxruntime
import skl2onnx
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from skl2onnx.common.data_types import FloatTensorType

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "bank-marketing" / "bank-full.csv"
OUT = ROOT / "data" / "models"
NAME = "term-deposit-static"

HISTORY_SHARE = 0.4
HELD_OUT_SHARE = 0.2
SAMPLE_ROWS = 40
SEED = 20140601
# `duration` is known only after the call, `y` is the outcome, and the date of the call says when, not who.
FORBIDDEN = ["duration", "y", "day", "month"]
NUMERIC = ["age", "balance", "campaign", "pdays", "previous"]
CATEGORICAL = ["job", "marital", "education", "default", "housing", "loan", "contact", "poutcome"]
# The bank's code book, not what the history happens to hold: it has no earlier campaign's outcome in it.
POUTCOME = ["failure", "other", "success", "unknown"]


def read_rows():
    with DATA.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def contract_of(history):
    features = [{"name": name, "kind": "numeric", "missing": -1 if name == "pdays" else 0} for name in NUMERIC]
    for name in CATEGORICAL:
        values = POUTCOME if name == "poutcome" else sorted({row[name] for row in history})
        features.append({"name": name, "kind": "categorical", "values": values})
    return {
        "layout": "matrix",
        "input": "features",
        "output": "probabilities",
        "outputColumn": 1,
        "forbidden": FORBIDDEN,
        "features": features,
    }


def encode(rows, contract):
    columns = []
    for feature in contract["features"]:
        values = [row[feature["name"]] for row in rows]
        if feature["kind"] == "numeric":
            columns.append([float(value) for value in values])
        else:
            columns.extend([float(value == one) for value in values] for one in feature["values"])
    return np.array(columns, dtype=np.float32).T


def candidates():
    for c in (0.003, 0.01, 0.03, 0.1, 1.0):
        yield f"logistic C={c}", make_pipeline(StandardScaler(), LogisticRegression(C=c, max_iter=1000))
    for rate, rounds, leaves in ((0.03, 60, 4), (0.03, 120, 4), (0.03, 60, 8), (0.03, 120, 8), (0.05, 120, 8), (0.05, 200, 15)):
        yield f"boosting rate={rate} rounds={rounds} leaves={leaves}", HistGradientBoostingClassifier(
            learning_rate=rate, max_iter=rounds, max_leaf_nodes=leaves, min_samples_leaf=40, early_stopping=False, random_state=SEED
        )


def measure(model, x, y):
    p = model.predict_proba(x)[:, 1]
    return {"auc": round(float(roc_auc_score(y, p)), 5), "logLoss": round(float(log_loss(y, p)), 5)}


def main():
    rows = read_rows()
    history = rows[: int(len(rows) * HISTORY_SHARE)]
    contract = contract_of(history)
    x = encode(history, contract)
    y = np.array([row["y"] == "yes" for row in history])
    cut = int(len(history) * (1 - HELD_OUT_SHARE))

    tried = [{"model": name, **measure(model.fit(x[:cut], y[:cut]), x[cut:], y[cut:])} for name, model in candidates()]
    chosen = min(tried, key=lambda entry: entry["logLoss"])
    model = dict(candidates())[chosen["model"]].fit(x, y)

    proto = skl2onnx.to_onnx(
        model,
        initial_types=[("features", FloatTensorType([None, x.shape[1]]))],
        options={"zipmap": False},
        target_opset={"": 17, "ai.onnx.ml": 3},
    )
    onnx_bytes = proto.SerializeToString()
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"{NAME}.onnx").write_bytes(onnx_bytes)

    every = len(rows) // SAMPLE_ROWS
    samples = [{name: row[name] for name in NUMERIC + CATEGORICAL} for row in rows[every // 2 :: every]][:SAMPLE_ROWS]
    sample_x = encode(samples, contract)
    scores = model.predict_proba(sample_x)[:, 1]
    by_onnx = onnxruntime.InferenceSession(onnx_bytes).run(["probabilities"], {"features": sample_x})[0][:, 1]
    assert np.abs(scores - by_onnx).max() < 1e-5, "the ONNX file does not score as the model does"

    card = {
        "name": NAME,
        "file": f"{NAME}.onnx",
        "sha256": hashlib.sha256(onnx_bytes).hexdigest(),
        "contract": contract,
        "metrics": {
            "heldOut": {"model": chosen["model"], "auc": chosen["auc"], "logLoss": chosen["logLoss"]},
            "heldOutBaseRateLogLoss": round(float(log_loss(y[cut:], np.full(len(y) - cut, y[:cut].mean()))), 5),
            "candidates": tried,
        },
        "provenance": {
            "script": "tools/static-model/train.py",
            "data": "data/bank-marketing/bank-full.csv",
            "dataSha256": hashlib.sha256(DATA.read_bytes()).hexdigest(),
            "trainedOnRows": len(history),
            "heldOutRows": len(history) - cut,
            "positives": int(y.sum()),
            "seed": SEED,
            "python": platform.python_version(),
            "scikitLearn": sklearn.__version__,
            "skl2onnx": skl2onnx.__version__,
        },
    }
    write_json(OUT / f"{NAME}.json", card)
    write_json(OUT / f"{NAME}.samples.json", [{"attributes": a, "score": float(s)} for a, s in zip(samples, scores)])
    print(json.dumps(card["metrics"], indent=2))
    print(f"{len(onnx_bytes)} bytes, {len(history)} rows, {x.shape[1]} columns")


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
