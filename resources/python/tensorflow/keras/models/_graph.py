# SPDX-License-Identifier: Apache-2.0
"""The nodes between the inputs and the outputs of a model, in the order that Keras runs and lists them in."""

import collections


class Graph:
    def __init__(self, inputs, outputs):
        self.inputs = inputs
        self._places = {}  # of operations: when the walk from the outputs met them first
        self._order = []  # nodes, from the inputs on
        self._done, self._open = set(), set()
        for output in outputs:
            self._walk(output)
        self._measure()
        self._check_reachable()

    def _walk(self, tensor):
        operation, index, _ = tensor._keras_history
        if operation is None:
            return
        node = operation._inbound_nodes[index]
        if node in self._done:
            return
        if not node.is_input and any(tensor is one for one in self.inputs):
            self._done.add(node)
            return
        if node in self._open:
            raise ValueError(f"Tensor {tensor} from operation '{operation.name}' is part of a cycle.")
        self._places.setdefault(operation, len(self._places))
        self._open.add(node)
        for one in () if node.is_input else node.input_tensors:
            self._walk(one)
        self._done.add(node)
        self._open.remove(node)
        self._order.append(node)

    def _measure(self):
        """Depths: how many operations are between a node and the outputs."""
        in_graph, of_nodes, of_operations = set(self._order), {}, {}
        for node in reversed(self._order):
            depth = max(of_nodes.setdefault(node, 0), of_operations.get(node.operation, 0))
            of_operations[node.operation] = of_nodes[node] = depth
            for before in node.parent_nodes:
                if before in in_graph:
                    of_nodes[before] = max(depth + 1, of_nodes.get(before, 0))
        for tensor in self.inputs:
            operation, index, _ = tensor._keras_history
            if operation is not None and operation not in of_operations and operation._inbound_nodes[index].is_input:
                of_operations[operation] = of_nodes[operation._inbound_nodes[index]] = 0
                self._places[operation] = -1
        self.nodes_by_depth = collections.defaultdict(list)
        for node, depth in of_nodes.items():
            self.nodes_by_depth[depth].append(node)
        self.nodes = set(of_nodes)
        self.operations = sorted(of_operations, key=lambda one: (-of_operations[one], self._places[one]))
        self.depths = sorted(self.nodes_by_depth, reverse=True)

    def _check_reachable(self):
        known, accessed = set(self.inputs), []
        for depth in self.depths:
            for node in self.nodes_by_depth[depth]:
                for tensor in node.input_tensors:
                    if tensor not in known:
                        raise ValueError(
                            f"Graph disconnected: cannot find parent for tensor {tensor} at operation '{node.operation}'. "
                            f"The following previous operations were accessed without issue: {accessed}"
                        )
                    accessed.append(node.operation.name)
                known.update(node.outputs)
        names = [operation.name for operation in self.operations]
        for name in names:
            if names.count(name) != 1:
                raise ValueError(
                    f'The name "{name}" is used {names.count(name)} times in the model. All operation names should be unique.'
                )

    def values(self, inputs, call):
        """{id of a KerasTensor: what `call(operation, args, kwargs)` gave for it}."""
        values = {id(tensor): value for tensor, value in zip(self.inputs, inputs)}
        for depth in self.depths:
            for node in self.nodes_by_depth[depth]:
                if node.is_input or any(id(tensor) not in values for tensor in node.input_tensors):
                    continue
                args, kwargs = node.arguments.fill_in(values)
                for tensor, value in zip(node.outputs, call(node.operation, args, kwargs)):
                    values[id(tensor)] = value
        return values
