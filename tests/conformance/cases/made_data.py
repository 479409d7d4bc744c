# SPDX-License-Identifier: Apache-2.0
# recorded with: sklearn 1.9.1
# recorded with: pandas 2.2.3
"""Data made up, split, scaled, encoded and scored: what the stand-in for scikit-learn gives and raises."""
import pandas as pd
from sklearn import datasets, metrics, model_selection, preprocessing

LINES = [
    "print(OneHotEncoder(categories=[[0, 1, 2]], sparse_output=False).fit_transform([[0], [1]]))",
    "print(OneHotEncoder(drop='first', sparse_output=False).fit_transform([['a'], ['b']]))",
    "s = StandardScaler().fit([[1.0, 2.0], [3.0, np.nan]]); print(s.mean_, s.transform([[1.0, 2.0]]))",
    "StandardScaler().transform([[1.0]])",
    "s = StandardScaler().fit(np.full((5, 1), 0.1)); print(s.scale_, s.transform([[0.1], [0.2]])); s = "
    "StandardScaler().fit(np.full((7, 1), 100000000.0 + 0.1)); print(s.scale_)",
    "s = StandardScaler().fit([[1.0, 2.0], [3.0, 4.0]]); print(s.transform([[1.0]]))",
    "print(len(train_test_split(np.arange(10), test_size=1.5)[0]))",
    "print(confusion_matrix(['a', 'b'], ['a', 'a']), accuracy_score([1, 0], [1, 1]))",
    "print(make_classification(random_state=0)[0].shape)",
    "print(load_iris().data.shape)",
    "print(MinMaxScaler().fit([[1.0], [np.nan], [3.0]]).data_max_)",
    "show(*make_classification(random_state=0))",
    "show(*make_classification(50, 5, n_informative=3, n_redundant=1, n_repeated=1, n_classes=3, "
    "n_clusters_per_class=1, random_state=1, weights=[0.2, 0.5], flip_y=0.2, class_sep=2.0))",
    "show(*make_classification(50, 5, hypercube=False, shift=None, scale=None, shuffle=False, random_state=1))",
    "show(*make_classification(30, 40, n_informative=32, n_redundant=0, random_state=3))",
    "show(*make_classification(30, 20, n_informative=10, n_redundant=0, random_state=3))",
    "show(*make_classification(64, 8, n_informative=2, n_redundant=0, n_clusters_per_class=2, random_state=3))",
    "make_classification(50, 3)",
    "make_classification(50, 3, n_informative=3)",
    "make_classification(50, 4, n_informative=1, n_redundant=0)",
    "make_classification(50, 4, weights=[0.1, 0.2, 0.3])",
    "d = load_iris(); print(d.data.shape, d.target.sum(), d.feature_names, d.target_names, d['data'].sum(0)); x, "
    "y = load_iris(return_X_y=True); show(x, y)",
    "d = load_iris(as_frame=True); print(d.frame.head()); print(d.data.mean()); print(d.target.value_counts())",
    "MinMaxScaler().inverse_transform([[1.0]])",
    "LabelEncoder().transform(['a'])",
    "OneHotEncoder().transform([['a']])",
    "StandardScaler().fit([[1.0, 2.0]]).transform([[1.0]])",
    "StandardScaler().fit([1.0, 2.0])",
    "StandardScaler().fit(3.0)",
    "StandardScaler().fit([[np.inf]])",
    "print(StandardScaler(with_mean=False).fit_transform([[1.0, 2.0], [3.0, 5.0]]))",
    "print(StandardScaler(with_std=False).fit_transform([[1, 2], [3, 5]]))",
    "s = StandardScaler().fit([[1.0, np.nan], [3.0, 5.0], [np.nan, 7.0], [0.0, 1.0]]); print(s.mean_, s.var_, "
    "s.scale_, s.n_samples_seen_, s.n_features_in_); print(s.transform([[np.nan, 1.0]]), "
    "s.inverse_transform([[0.0, 1.0]]))",
    "s = StandardScaler().fit(np.array([[1, 2], [3, 4]], dtype=np.float32)); print(s.transform(np.array([[1, 2]], "
    "dtype=np.float32)).dtype, s.mean_.dtype)",
    "print(RobustScaler().fit_transform([[1.0, 2.0], [2.0, 5.0], [7.0, 9.0], [np.nan, 1.0]]))",
    "print(MinMaxScaler((0, 2), clip=True).fit([[1.0], [3.0]]).transform([[5.0], [2.0]]))",
    "print(MinMaxScaler().fit_transform([[2.0], [2.0]]))",
    "MinMaxScaler((1, 0)).fit([[1.0]])",
    "e = OneHotEncoder(drop='if_binary', sparse_output=False).fit([['a', 'x'], ['b', 'y'], ['a', 'z']]); "
    "print(e.transform([['b', 'z']]), e.categories_, e.get_feature_names_out(), e.inverse_transform([[1, 0, 0, "
    "1], [0, 1, 0, 0]]))",
    "e = OneHotEncoder(handle_unknown='ignore', sparse_output=False).fit([['a'], ['b']]); "
    "print(e.transform([['c'], ['a']]))",
    "OneHotEncoder().fit([['a'], ['b']]).transform([['c']])",
    "OneHotEncoder(categories=[['a']]).fit([['a'], ['b']])",
    "OneHotEncoder(categories=[[1, 0]]).fit([[0], [1]])",
    "OneHotEncoder(categories=[[1, 0], [1]]).fit([[0], [1]])",
    "print(OneHotEncoder(sparse_output=False, dtype=int).fit_transform(pd.DataFrame({'a': ['x', 'y'], 'n': [1, 2]})))",
    "print(OrdinalEncoder().fit_transform([['b', 2], ['a', 5]]))",
    "print(OrdinalEncoder(handle_unknown='use_encoded_value', unknown_value=-1).fit([['a']]).transform([['z']]))",
    "LabelEncoder().fit(['a']).transform(['b'])",
    "LabelEncoder().fit(['a']).inverse_transform([3])",
    "train_test_split(np.arange(10), test_size=1.5)",
    "train_test_split(np.arange(10), test_size=10)",
    "train_test_split(np.arange(10), test_size=0)",
    "train_test_split(np.arange(10), test_size=0.6, train_size=0.6)",
    "train_test_split(np.arange(10), test_size=6, train_size=6)",
    "a, b = train_test_split(pd.DataFrame({'a': range(6)}), random_state=0); print(a, b)",
    "t = [0, 1, 1, 0, 1]; p = [0, 1, 0, 1, 1]; print(precision_score(t, p), recall_score(t, p), f1_score(t, p), "
    "roc_auc_score(t, [0.1, 0.9, 0.4, 0.4, 0.7]))",
    "t = [0, 1, 2, 2, 1]; p = [0, 2, 2, 1, 1]; print([f(t, p, average=a) for f in (precision_score, recall_score, "
    "f1_score) for a in ('macro', 'micro', 'weighted', None)])",
    "precision_score([0, 1, 2], [0, 1, 2])",
    "print(precision_score([0, 1], [0, 0]), recall_score([0, 0], [1, 1]), f1_score([0, 0], [0, 0]))",
    "print(precision_score([0, 1, 2], [0, 0, 0], average='macro'))",
    "print(f1_score([0, 1, 2], [0, 0, 0], average='macro'))",
    "print(precision_score([0, 1], [0, 0], zero_division=1))",
    "f1_score([0, 1], [0.2, 0.7])",
    "accuracy_score([0, 1], [0.2, 0.7])",
    "precision_score([0, 2], [0, 2])",
    "roc_auc_score([1, 1], [0.2, 0.7])",
    "print(confusion_matrix([0, 1, 1], [1, 1, 0], labels=[1, 0]))",
    "print(root_mean_squared_error([1.0, 2.0], [2.0, 4.0]))",
    "print(r2_score([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 5.0]]))",
    "print(mean_squared_error([[1.0, 2.0]], [[2.0, 4.0]], multioutput='raw_values'))",
    "print(StandardScaler().fit_transform(pd.DataFrame({'a': [1, 2, 3], 'b': [2.0, 4.0, 9.0]})))",
    "print(StandardScaler())",
    "StandardScaler().fit([['a']])",
    "print(list(StratifiedKFold(2).split(np.zeros((10, 2)), [0.5, 1.5] * 5)))",
    "print(list(StratifiedKFold(2).split(np.zeros((4, 2)), np.eye(4))))",
    "print(list(KFold(2).split(np.zeros((4, 2)), [1, 2])))",
    "print(list(KFold(2).split(np.zeros((4, 2)), [1, 2, 3, 4])))",
    "print(LabelEncoder().fit_transform(np.array([['b'], ['a']])))",
    "LabelEncoder().fit(np.eye(2))",
    "KFold(2.0)",
    "KFold(2, shuffle=1)",
    "print(pd.DataFrame({'a': [1, 2], 'b': [3, 4]}).sub(pd.Series([10, 20]), axis=0))",
    "print(pd.DataFrame({'a': [1, 2], 'b': [3, 4]}).div(pd.Series([10, 20]), axis='index'))",
    "print(pd.DataFrame({'a': [1, 2], 'b': [3, 4]}).gt(pd.Series([2, 2]), axis=0))",
    "print(pd.DataFrame({'a': [1, 2], 'b': [3, 4]}).sub(pd.Series({'a': 1, 'b': 2})))",
    "print(LabelEncoder().fit([1.0, np.nan, 2.0]).classes_, LabelEncoder().fit_transform(np.array(['a', None, 'b'], object)))",
    "LabelEncoder().fit(['a', 'b']).transform(['c'])",
    "LabelEncoder().fit([1, 2]).transform([3, 5, 3])",
    "print(OneHotEncoder(sparse_output=False).fit_transform([[1.0], [np.nan], [1.0]]))",
    "OneHotEncoder(sparse_output=False).fit([['a']]).transform([['b']])",
    "classification_report([], [])",
]


def show(*arrays):
    for array in arrays:
        array = np.asarray(array)
        values = np.asarray(array, dtype=float)
        print(array.dtype, array.shape, np.round(values.ravel()[:6], 5), round(float(values.sum()), 4))


def names():
    modules = (datasets, metrics, model_selection, preprocessing)
    return {name: getattr(module, name) for module in modules for name in vars(module) if name[0] != "_"}


def run(line):
    with np.printoptions(precision=6, suppress=True):
        exec(line, {**names(), "np": np, "pd": pd, "show": show})


for line in LINES:
    case(line)(lambda line=line: run(line))
