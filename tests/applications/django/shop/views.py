from django.db import connection
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404

from .models import Customer, Order


def order(request, order_id: int):
    return JsonResponse({"order": get_object_or_404(Order, pk=order_id).pk})


def item(request, order_id, item_id):
    page = int(request.GET.get("page", 1))
    number = int(item_id)
    return JsonResponse({"item": number, "page": page})


def basket(request, pk: int):
    return JsonResponse({"basket": pk})


def archive(request, year: int):
    return JsonResponse({"year": year})


def search(request):
    customer_id = request.GET["customer_id"]
    if not customer_id.isdigit():
        return HttpResponseBadRequest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM orders WHERE customer_id = %d" % int(customer_id))
        cursor.execute("SELECT count(*) FROM orders WHERE customer_id = %s", [customer_id])
        cursor.execute("SELECT count(*) FROM orders WHERE position = 3")
    if isinstance(customer_id, int):
        return HttpResponseBadRequest()
    return JsonResponse({"known": Customer.objects.filter(pk=int(request.GET["customer_id"])).exists()})
