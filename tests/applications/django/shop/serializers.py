from django import forms
from rest_framework import serializers


class OrderSerializer(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    customer_id = serializers.IntegerField()
    position = serializers.IntegerField()


class OrderForm(forms.Form):
    customer_id = forms.IntegerField(widget=forms.HiddenInput)
    quantity = forms.IntegerField()


class BasketSerializer(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
