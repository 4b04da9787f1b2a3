"""A look-up service on loopback that keeps what it was sent and answers what it was told."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CNPJ, CEP = "DE.MO0.001/0001-07", "88800-000"
COMPANY = {
    "cnpj": "DEMO0001000107",
    "razao_social": "EMPACOTA FACIL LTDA",
    "nome_fantasia": "Empacota Fácil",
    "descricao_tipo_de_logradouro": "RUA",
    "logradouro": "DAS FLORES",
    "numero": "100",
    "complemento": "GALPAO 2",
    "bairro": "CENTRO",
    "municipio": "CRICIUMA",
    "uf": "SC",
    "cep": 88800000,
    "ddd_telefone_1": "4855500111",
    "email": "COMPRAS@EMPACOTA.EXAMPLE.COM",
    "descricao_situacao_cadastral": "ATIVA",
}
STREET = {
    "cep": "88800000",
    "state": "SC",
    "city": "Criciúma",
    "neighborhood": "Centro",
    "street": "Rua das Flores",
}


class RegistryDouble(ThreadingHTTPServer):
    """``asked`` holds (method, path, user agent); ``answer`` is (status, body, headers)."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.answer, self.drip = [], (200, b"{}", {}), 0.0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def say(self, body, status=200, **headers):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answer, self.drip = (status, content, headers), 0.0

    def stop(self):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """Whoever hangs up early is none of our business."""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status, content, headers = self.server.answer
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if not self.server.drip:
            self.wfile.write(content)
            return
        for byte in content:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(self.server.drip)

    do_POST = do_GET  # noqa: N815 - http.server names them

    def log_message(self, *args):
        """Quiet."""
