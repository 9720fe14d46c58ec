from flask import Flask
from redis import Redis

app = Flask(__name__)
depot = Redis(host="depot")


@app.get("/parcels/<number>")
def where(number):
    return {"parcel": number, "place": (depot.get(number) or b"unknown").decode()}
